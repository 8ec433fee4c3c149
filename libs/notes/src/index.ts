export * from './reading';
export { readNotes } from './read-notes';

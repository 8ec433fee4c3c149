export * from './connectors';
export * from './field-names';
export * from './lead-fields';
export * from './storable';

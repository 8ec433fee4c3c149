/** The run itself couldn't be carried out, which says nothing about Headwater. The message is printed without a stack. */
export class RunError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'RunError';
  }
}

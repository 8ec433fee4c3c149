/** A decorator of a parameter that describes its method in the OpenAPI document at the same time. */
export const documentMethod = (describe: MethodDecorator, take: ParameterDecorator): ParameterDecorator =>
  (target, name, index) => {
    if (name === undefined) throw new Error('Only parameters of methods are documented');
    describe(target, name, Object.getOwnPropertyDescriptor(target, name) as PropertyDescriptor);
    take(target, name, index);
  };

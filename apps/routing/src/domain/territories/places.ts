/** What names a place, in one spelling: without case and outer blanks. */
export const placeKey = (text: string): string => text.trim().toLowerCase();

/** A postal code without what is only there to be read: `SW1A 1AA` and `sw1a1aa` are one. */
export const postalKey = (text: string): string => text.toUpperCase().replace(/[^A-Z0-9]/g, '');

/** A region is written `<country>-<name>`, as `US-CA` or `US-California`: whatever leads say in `state`. */
export const regionKey = (country: string, state: string): string => placeKey(`${country.trim()}-${state.trim()}`);

/** A domain without what leads to it: `https://www.acme.com/` and `acme.com` are one. */
export const domainKey = (text: string): string => placeKey(text).replace(/^[a-z]+:\/\//, '').replace(/^www\./, '').replace(/[/:?#].*$/, '');

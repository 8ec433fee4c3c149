/** Everything that is sent is this tenant's. */
export const TENANT = 'chaos';

/** Path below which the JSON API lives. */
export const API_PREFIX = 'api/v1';

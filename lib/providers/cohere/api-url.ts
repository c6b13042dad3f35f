/** The address of the API's second version, whether or not it is part of what was configured. */
export function apiUrlOf(baseUrl: string): string {
  return /\/v\d+$/.test(baseUrl) ? baseUrl : `${baseUrl}/v2`;
}

/** The steps that this browser's reader does not want to be asked about again. */
export const SKIPPED_COOKIE = "welcome_skipped";
const YEAR_SECONDS = 31_536_000;

export function skippedOf(cookie: string | undefined): string[] {
  return (cookie ?? "").split(".").filter((id) => /^[a-z]+$/.test(id));
}

export function rememberSkipped(ids: readonly string[]): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser yet
  document.cookie = `${SKIPPED_COOKIE}=${ids.join(".")}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
}

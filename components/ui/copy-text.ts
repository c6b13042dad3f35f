/**
 * Puts `text` on the clipboard and tells whether that worked.
 *
 * `navigator.clipboard` exists only on https and localhost, and an installation in a home network is neither; there the
 * old command does it, from a field inside the open dialog, because a modal dialog takes the focus back from everything else.
 */
export async function copyText(text: string): Promise<boolean> {
  if (navigator.clipboard !== undefined) {
    return navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
  }
  const field = document.createElement("textarea");
  field.value = text;
  field.readOnly = true;
  field.className = "sr-only";
  const focused = document.activeElement;
  (focused?.closest("[role$=dialog]") ?? document.body).append(field);
  field.select();
  const copied = document.execCommand("copy");
  field.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return copied;
}

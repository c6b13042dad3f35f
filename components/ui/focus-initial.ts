/** Gives the element marked `data-initial-focus` the focus when what holds it opens; else the first control has it. */
export function focusInitial(event: Event): void {
  const { target } = event;
  const first = target instanceof HTMLElement ? target.querySelector("[data-initial-focus]") : null;
  if (!(first instanceof HTMLElement)) return;
  event.preventDefault();
  first.focus();
}

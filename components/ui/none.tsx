/** What is not known, in the cell of a table. The card that a row is on a phone leaves it out. */
export function None() {
  return (
    <span data-none="" className="text-muted">
      –
    </span>
  );
}

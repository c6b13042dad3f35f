/** Whether a model's id fits a pattern, in which `*` stands for any characters. Case does not matter. */
export function matchesModel(pattern: string, id: string): boolean {
  const [first = "", ...rest] = pattern.toLowerCase().split("*");
  const text = id.toLowerCase();
  if (rest.length === 0) return text === first;
  const last = rest.pop() ?? "";
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false;
  // The parts between must follow one another; taking the earliest place for each loses nothing.
  let from = first.length;
  const end = text.length - last.length;
  for (const part of rest) {
    const found = text.indexOf(part, from);
    if (found === -1 || found + part.length > end) return false;
    from = found + part.length;
  }
  return true;
}

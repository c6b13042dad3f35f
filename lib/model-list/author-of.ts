/** The slug of who made a model; an alias (`~author/…`) has the author of what it stands for. */
export function authorOf(id: string): string {
  return id.slice(id.startsWith("~") ? 1 : 0, Math.max(0, id.indexOf("/")));
}

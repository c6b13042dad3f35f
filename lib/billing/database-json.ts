/** Escapes that JSON allows and PostgreSQL's text does not: the NUL character, and halves of surrogate pairs. */
const REFUSED_ESCAPES = /\\u(?:0000|d[89a-f])/i;

/**
 * JSON that PostgreSQL takes as rows, whatever callers and providers put into the texts: what it cannot store is left out
 * or replaced. One such character in a request's `user` would otherwise make its charge impossible to write.
 */
export function databaseJson(value: unknown): string {
  const json = JSON.stringify(value);
  // Rare, so that walking every value is paid for by those who cause it. An escaped backslash before "u0000" gets here too.
  return REFUSED_ESCAPES.test(json) ? JSON.stringify(value, (_key, inner: unknown) => storable(inner)) : json;
}

function storable(value: unknown): unknown {
  return typeof value === "string" ? value.toWellFormed().replaceAll("\0", "") : value;
}

/** A segment of a path as it was meant: Next hands it on as it was sent, with `:` as `%3A`. */
export function decodedSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    // "%zz" stands for nothing, and so is nobody's name.
    return segment;
  }
}

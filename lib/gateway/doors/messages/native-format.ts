/** Marks reasoning in this protocol's own form, which goes out and comes back as it is. */
export const NATIVE_FORMAT = "anthropic-claude-v1";

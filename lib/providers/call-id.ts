/**
 * An id for a tool call that came without one.
 *
 * Derived from the answer and not drawn at random, so that adapters stay pure and a replayed fixture gives the same
 * ids. `seed` must differ between the answers of one conversation (the provider's response id does), because a client
 * pairs results with calls by this id over the whole conversation.
 */
export function callId(index: number, name: string, seed: string): string {
  return `call_${index}_${hash(`${seed}\u0000${name}\u0000${index}`)}`;
}

/** The id as nine letters and digits, for providers that take no others; the same id always becomes the same. */
export function shortCallId(id: string): string {
  return /^[A-Za-z0-9]{9}$/.test(id) ? id : hash(id).padStart(9, "0").slice(-9);
}

/** 53-bit cyrb hash in base 36: not for security, only for telling calls apart. */
function hash(text: string): string {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    high = Math.imul(high ^ unit, 2_654_435_761);
    low = Math.imul(low ^ unit, 1_597_334_677);
  }
  high = Math.imul(high ^ (high >>> 16), 2_246_822_507) ^ Math.imul(low ^ (low >>> 13), 3_266_489_909);
  low = Math.imul(low ^ (low >>> 16), 2_246_822_507) ^ Math.imul(high ^ (high >>> 13), 3_266_489_909);
  return (4_294_967_296 * (2_097_151 & low) + (high >>> 0)).toString(36);
}

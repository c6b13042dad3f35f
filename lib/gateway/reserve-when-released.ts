import type { LeaseBook, RefusedReservation, Reservation } from "@/lib/billing/lease-book";
import type { NanoUsd } from "@/lib/money";

/** Longer than most short answers take, and no longer than people wait for a refusal. */
const MAX_WAIT_MS = 1_000;

/**
 * Tries again what was refused, while requests of the same account that are on their way here hold credit that would
 * suffice: with little credit the first ones hold all of it, and use a small part. Woken when some comes free; refuses
 * at once when there is nothing to wait for.
 */
export async function reserveWhenReleased(
  leases: LeaseBook,
  asked: Asked & { wanted: NanoUsd },
  refused: RefusedReservation,
): Promise<Reservation> {
  const { accountId, keyHash, wanted, minimum } = asked;
  const reserve = async () => leases.reserve(accountId, keyHash, wanted, minimum);
  const deadlineMs = performance.now() + MAX_WAIT_MS;
  for (let last = refused; isHereEnough(leases, asked, last); ) {
    // Before asking: what comes free while the question is on its way must not be missed.
    const wait = leases.waits.begin(accountId, wanted, Math.max(0, deadlineMs - performance.now()));
    const reservation = await reserve().catch((error: unknown) => {
      wait.stop();
      throw error;
    });
    if (
      reservation.kind === "held" ||
      !(wait.isWoken() || (isHeld(leases, asked) && isHereEnough(leases, asked, reservation)))
    ) {
      wait.stop();
      return reservation;
    }
    last = reservation;
    // Whoever was woken may have left something: a last look when the time is over.
    if (!(await wait.released)) return reserve();
  }
  return refused;
}

type Asked = { accountId: string; keyHash: string; minimum: NanoUsd };

/** Whether what is set aside here, held or free by now, would do. */
function isHereEnough(leases: LeaseBook, { accountId, keyHash, minimum }: Asked, refused: RefusedReservation): boolean {
  const { because, balanceNanoUsd } = refused;
  const { granted } = leases.standingOf(accountId, because === "key" ? keyHash : undefined);
  return balanceNanoUsd >= 0n && granted >= minimum;
}

function isHeld(leases: LeaseBook, { accountId }: Asked): boolean {
  return leases.standingOf(accountId, undefined).held > 0n;
}

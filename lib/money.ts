/** Nano-dollars: 1e-9 USD. What the ledger counts in. */
export type NanoUsd = bigint;

/** Price of one unit in 1e-24 USD: fine enough for every price known (the longest has 23 decimals). */
export type UnitPrice = bigint;

const PRICE_DECIMALS = 24;
const UNITS_PER_NANO = 10n ** 15n;
const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/;

/**
 * Reads a decimal string in USD exactly.
 *
 * @throws Error when it is no plain decimal number or has more than 24 decimals.
 */
export function parseUnitPrice(decimal: string): UnitPrice {
  return parseScaled(decimal, PRICE_DECIMALS);
}

/**
 * Reads an amount in USD exactly; digits after the ninth decimal must be zero.
 *
 * @throws Error when it is no plain decimal number, or finer than a nano-dollar.
 */
export function parseUsd(amount: string | number): NanoUsd {
  return parseScaled(typeof amount === "number" ? plainDecimal(amount) : amount, 9);
}

/** Rounds an amount in 1e-24 USD up to the next nano-dollar. */
export function ceilToNano(amount: UnitPrice): NanoUsd {
  const whole = amount / UNITS_PER_NANO;
  return amount > whole * UNITS_PER_NANO ? whole + 1n : whole;
}

/** USD as a JSON number. Exact to the nano-dollar up to about nine million dollars. */
export function usdNumber(amount: NanoUsd): number {
  return Number(amount) / 1e9;
}

/** USD as a decimal string without trailing zeros, exact. */
export function usdString(amount: NanoUsd): string {
  return scaledString(amount, 9);
}

/** An amount in 1e-24 USD as a decimal string in USD without trailing zeros, exact. */
export function unitPriceString(amount: UnitPrice): string {
  return scaledString(amount, PRICE_DECIMALS);
}

function scaledString(amount: bigint, decimals: number): string {
  const sign = amount < 0n ? "-" : "";
  const digits = (amount < 0n ? -amount : amount).toString().padStart(decimals + 1, "0");
  const fraction = digits.slice(-decimals).replace(/0+$/, "");
  return `${sign}${digits.slice(0, -decimals)}${fraction === "" ? "" : `.${fraction}`}`;
}

/** USD of an amount in 1e-24 USD, for display in `cost_details`. */
export function unitPriceNumber(amount: UnitPrice): number {
  // Through the decimal text: dividing two rounded numbers would leave dust such as 0.0000010500000000000001.
  const digits = amount.toString().padStart(25, "0");
  return Number(`${digits.slice(0, -24)}.${digits.slice(-24)}`);
}

/**
 * A price per token as USD per million, for display and comparison alone: what is charged never passes through a binary
 * fraction. `undefined` for the "-1" of prices that depend on the route.
 */
export function perMillion(pricePerToken: string): number | undefined {
  const price = Number(pricePerToken) * 1_000_000;
  return price < 0 ? undefined : Number(price.toPrecision(6));
}

function parseScaled(decimal: string, decimals: number): bigint {
  const match = DECIMAL.exec(decimal.trim());
  if (match === null) throw new Error(`not a decimal amount: ${decimal.slice(0, 40)}`);
  const [, sign, whole = "0", fraction = ""] = match;
  const kept = fraction.slice(0, decimals);
  if (/[1-9]/.test(fraction.slice(decimals)))
    throw new Error(`more than ${decimals} decimals: ${decimal.slice(0, 40)}`);
  const value = BigInt(whole + kept.padEnd(decimals, "0"));
  return sign === "-" ? -value : value;
}

/** `1e-7` and the like, written out; a JSON number may arrive in that form. */
function plainDecimal(amount: number): string {
  const text = String(amount);
  return text.includes("e") ? amount.toFixed(9) : text;
}

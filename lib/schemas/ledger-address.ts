import { type LedgerAddress, ledgerAddressSchema } from "./ledger";

type SearchParams = Readonly<Record<string, string | readonly string[] | undefined>>;

const PATH = "/settings/credits";
/** In this order, so that the same view always has the same address. */
const NAMES = ["kind", "from", "to", "after", "before", "entry"] as const satisfies readonly (keyof LedgerAddress)[];

/** What an address of the ledger asks for; what cannot be understood is left out, of what is given twice the first counts. */
export function readLedgerAddress(parameters: SearchParams): LedgerAddress {
  const given = Object.entries(parameters).map(([name, value]) => [
    name,
    typeof value === "string" ? value : value?.[0],
  ]);
  const known = given.filter(
    ([name, value]) =>
      name !== undefined && value !== undefined && ledgerAddressSchema.safeParse({ [name]: value }).success,
  );
  return ledgerAddressSchema.parse(Object.fromEntries(known));
}

/** The address of a view of the ledger. */
export function writeLedgerAddress(address: LedgerAddress): string {
  const query = new URLSearchParams();
  for (const name of NAMES) {
    const value = address[name];
    if (value !== undefined) query.set(name, value);
  }
  return query.size === 0 ? PATH : `${PATH}?${query}`;
}

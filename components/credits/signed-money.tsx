import { formatUsd } from "@/components/ui/format-usd";

/** What an entry does to the balance; the exact amount is in its title. */
export function SignedMoney({ usd }: { usd: string }) {
  const isCredit = !usd.startsWith("-") && usd !== "0";
  return (
    <span title={`$${usd}`} className={isCredit ? "whitespace-nowrap font-medium text-signal" : "whitespace-nowrap"}>
      {isCredit ? "+" : ""}
      {formatUsd(usd)}
    </span>
  );
}

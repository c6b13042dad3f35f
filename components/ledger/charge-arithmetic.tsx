import type { ReactNode } from "react";
import { formatCount } from "@/components/ui/format-count";
import type { Charge, ChargeState } from "@/lib/schemas/ledger";

const CLASSES: Readonly<Record<string, string>> = {
  prompt: "Prompt",
  cache_read: "Prompt, read from a cache",
  cache_write: "Prompt, written to a cache",
  prompt_audio: "Sound in the prompt",
  completion: "Completion",
  reasoning: "Reasoning",
  completion_image: "Images",
  request: "Request",
  web_search: "Searches by the provider",
  web_result: "Pages from the web",
  ocr_page: "Pages read by OCR",
};

const STATES = {
  exact: null,
  estimated: "The provider did not count all tokens; what it left out was counted here.",
  aborted: "The client left before the end. What had been produced by then is charged.",
  insured: "Nothing useful came back, so the zero completion insurance took the charge away.",
  interrupted: "The server stopped while this was on its way, so nothing is charged.",
} as const satisfies Record<ChargeState, string | null>;

const WAIVED_WORDS = {
  first: "One of the month's first, which cost no fee",
  promised: "Let in as one of the month's free ones, so no fee is owed",
  insured: "Zero completion insurance",
} as const;

/** How a charge came about, down to the last digit: for the detail of a generation and of a ledger entry. */
export function ChargeArithmetic({ charge }: { charge: Charge }) {
  const { state, lines, fee, exactUsd, roundedUsd, waivedUsd, otherUsd, chargedUsd } = charge;
  const isRounded = exactUsd !== roundedUsd;
  return (
    <div className="grid gap-2.5">
      {STATES[state] !== null && <p className="text-muted text-sm">{STATES[state]}</p>}
      <table className="w-full text-dense">
        <caption className="sr-only">How the charge was computed</caption>
        <thead className="text-muted text-xs">
          <tr className="border-b">
            <th scope="col" className="py-1.5 pe-3 text-start font-normal">
              For
            </th>
            <th scope="col" className="py-1.5 pe-3 text-end font-normal">
              Quantity × price
            </th>
            <th scope="col" className="py-1.5 text-end font-normal">
              USD
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.class} className="border-b">
              <th scope="row" className="py-1.5 pe-3 text-start align-top font-normal">
                {CLASSES[line.class] ?? line.class.replaceAll("_", " ")}
              </th>
              <td className="py-1.5 pe-3 text-end align-top">
                {formatCount(line.quantity)}{" "}
                <span className="whitespace-nowrap">
                  × ${line.perMillionUsd ?? line.unitUsd}
                  {line.perMillionUsd !== null && <span className="text-muted"> /M</span>}
                </span>
              </td>
              <td className="wrap-anywhere py-1.5 text-end align-top">{line.costUsd}</td>
            </tr>
          ))}
          {lines.length === 0 && (
            <tr className="border-b">
              <td colSpan={3} className="py-1.5 text-muted">
                Every price of this endpoint is zero.
              </td>
            </tr>
          )}
        </tbody>
        <tfoot>
          {fee !== null && (
            <>
              <SumRow label="Usual price, which the provider takes from your account there" usd={fee.usualUsd} />
              <SumRow label={`Fee for requests with a key of your own: ${fee.percent} % of it`} usd={exactUsd} />
            </>
          )}
          {isRounded && (
            <>
              {fee === null && <SumRow label="Sum" usd={exactUsd} />}
              <SumRow label="Rounded up, once, to the next billionth of a dollar" usd={roundedUsd} />
            </>
          )}
          {waivedUsd !== "0" && <SumRow label={WAIVED_WORDS[fee?.waivedAs ?? "insured"]} usd={`−${waivedUsd}`} />}
          {otherUsd !== "0" && <SumRow label="Discounts and fees" usd={otherUsd.replace("-", "−")} />}
          <SumRow label={<strong className="font-medium text-ink">Charged</strong>} usd={chargedUsd} isTotal />
        </tfoot>
      </table>
    </div>
  );
}

function SumRow({ label, usd, isTotal = false }: { label: ReactNode; usd: string; isTotal?: boolean }) {
  return (
    <tr>
      <th scope="row" colSpan={2} className="py-1 pe-3 text-start align-top font-normal text-muted">
        {label}
      </th>
      <td
        className={
          isTotal ? "wrap-anywhere py-1 text-end align-top font-medium" : "wrap-anywhere py-1 text-end align-top"
        }
      >
        {isTotal && "$"}
        {usd}
      </td>
    </tr>
  );
}

import { type Column, DataTable } from "@/components/ui/data-table";
import { FirstRows } from "@/components/ui/first-rows";
import { Money, PricePerMillion } from "@/components/ui/money";
import { StatusDot } from "@/components/ui/status-dot";
import type { PublicPlan } from "@/lib/schemas/public-plan";
import { scoreText } from "./score-text";

/** As many as the diagram draws one by one. */
const FIRST = 5;

type Row = PublicPlan["plan"][number] & { place: number };

const SCORE_HEADERS: Readonly<Record<string, string>> = {
  throughput: "Speed, median",
  latency: "First token, median",
  exacto: "Tool calls",
};

/** The plan in figures: what each endpoint was ranked by, and what it would cost. */
export function PlanFigures({ plan: { plan, strategy } }: { plan: PublicPlan }) {
  const hasSeveralModels = new Set(plan.map(({ model }) => model)).size > 1;
  const columns: readonly Column<Row>[] = [
    {
      id: "endpoint",
      header: "Endpoint",
      role: "title",
      cell: ({ place, provider, endpoint, model, stable }) => (
        <>
          <span className="text-muted">{place}.</span> <span className="font-medium">{provider}</span>{" "}
          <span className="font-mono text-muted text-xs">{hasSeveralModels ? `${model} · ${endpoint}` : endpoint}</span>
          {!stable && (
            <span className="ms-2 text-caution text-xs">
              <StatusDot status="caution" /> failing now
            </span>
          )}
        </>
      ),
    },
    {
      id: "probability",
      header: "Tried first",
      align: "end",
      cell: ({ probability }) => `${(probability * 100).toFixed(probability > 0 && probability < 0.1 ? 1 : 0)} %`,
    },
    {
      id: "score",
      header: SCORE_HEADERS[strategy] ?? "Ranked by price",
      align: "end",
      cell: ({ score }) => scoreText(strategy, score),
    },
    {
      id: "input",
      header: "Input",
      align: "end",
      cell: ({ prices }) => <PricePerMillion usd={perMillion(prices.prompt)} />,
    },
    {
      id: "output",
      header: "Output",
      align: "end",
      cell: ({ prices }) => <PricePerMillion usd={perMillion(prices.completion)} />,
    },
    { id: "most", header: "Costs at most", align: "end", cell: ({ max_cost }) => <Money usd={max_cost} /> },
  ];
  return (
    <FirstRows rows={plan.map((row, index) => ({ ...row, place: index + 1 }))} count={FIRST}>
      {(rows) => (
        <DataTable
          label="The endpoints in the order in which they would be tried"
          columns={columns}
          rows={rows}
          rowKey={({ model, endpoint }) => `${model} ${endpoint}`}
          sticky={false}
        />
      )}
    </FirstRows>
  );
}

/** For display alone: prices that are charged never pass through a binary fraction. */
function perMillion(price: string): number {
  return Number((Number(price) * 1_000_000).toPrecision(6));
}

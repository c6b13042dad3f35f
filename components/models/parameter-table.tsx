import { type Column, DataTable } from "@/components/ui/data-table";
import { None } from "@/components/ui/none";
import { PARAMETER_NOTES } from "./parameter-notes";

export type ParameterRow = {
  name: string;
  /** What the model's author recommends. */
  recommended: number | undefined;
  /** How many of its offers take it. */
  offers: number;
};

const COLUMNS: readonly Column<ParameterRow & { total: number }>[] = [
  {
    id: "name",
    header: "Parameter",
    role: "title",
    cell: ({ name }) => <span className="font-mono text-xs">{name}</span>,
  },
  {
    id: "recommended",
    header: "Recommended",
    align: "end",
    cell: ({ recommended }) =>
      recommended === undefined ? <None /> : <span className="font-mono">{recommended}</span>,
  },
  {
    id: "offers",
    header: "Taken by",
    align: "end",
    cell: ({ offers, total }) => (total === 0 ? "–" : `${offers === total ? "all" : offers} of ${total}`),
  },
  { id: "note", header: "What it does", from: "md", cell: ({ name }) => PARAMETER_NOTES[name] ?? "" },
];

/** The parameters of a model, what is recommended for them, and where they are taken. */
export function ParameterTable({ rows, total }: { rows: readonly ParameterRow[]; total: number }) {
  return (
    <DataTable
      label="Parameters"
      columns={COLUMNS.filter(
        ({ id }) => id !== "recommended" || rows.some(({ recommended }) => recommended !== undefined),
      )}
      rows={rows.map((row) => ({ ...row, total }))}
      rowKey={({ name }) => name}
    />
  );
}

import Link from "next/link";
import { type Column, DataTable, ROW_TARGET_STYLE } from "@/components/ui/data-table";
import { None } from "@/components/ui/none";
import type { ProviderSummary } from "@/lib/schemas/provider-description";
import { countryName } from "./country-name";
import { DataPolicyBadge } from "./data-policy-badge";
import { ProviderAccess } from "./provider-access";

const COLUMNS: readonly Column<ProviderSummary>[] = [
  {
    id: "name",
    header: "Provider",
    role: "title",
    cell: ({ slug, name }) => (
      <>
        <Link href={`/provider/${slug}`} prefetch={false} className={ROW_TARGET_STYLE}>
          {name}
        </Link>{" "}
        <span className="font-mono text-muted text-xs">{slug}</span>
      </>
    ),
  },
  { id: "access", header: "From here", cell: ({ access }) => <ProviderAccess access={access} /> },
  { id: "policy", header: "Prompts", cell: ({ dataPolicy }) => <DataPolicyBadge policy={dataPolicy} /> },
  {
    id: "headquarters",
    header: "Head office",
    from: "md",
    cell: ({ headquarters }) => (headquarters === undefined ? <None /> : countryName(headquarters)),
  },
  { id: "models", header: "Models", align: "end", cell: ({ models }) => models },
];

export function ProviderTable({ providers }: { providers: readonly ProviderSummary[] }) {
  return <DataTable label="Providers" columns={COLUMNS} rows={providers} rowKey={({ slug }) => slug} />;
}

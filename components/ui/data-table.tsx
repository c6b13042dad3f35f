import { ArrowDown, ArrowUp, ChevronsUpDown } from "lucide-react";
import Link from "next/link";
import { type ReactNode, useMemo } from "react";
import { cn } from "./cn";

export type SortDirection = "ascending" | "descending";
export type Sort = { column: string; direction: SortDirection };

export type Column<Row> = {
  id: string;
  /** The heading; on a phone the label of the value. */
  header: string;
  cell: (row: Row) => ReactNode;
  /** `end` for figures, so that they stand below each other. */
  align?: "start" | "end";
  /** Left out where there is less room than this. On a phone everything is shown, as a card. */
  from?: "md" | "lg" | "xl";
  /** `false`: left out on a phone as well, for long lists whose rows open to a detail that has it. */
  onPhone?: false;
  /** The direction of the first click; absent: the column cannot be sorted by. */
  sorts?: SortDirection;
  /** `title`: heads its row, and the card. `actions`: buttons, without a heading that is seen. */
  role?: "title" | "actions";
};

type DataTableProps<Row> = {
  /** What the table lists, for a screen reader. */
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  sort?: Sort;
  /** Where a heading leads, for a table that the server sorts. */
  sortHref?: (sort: Sort) => string;
  /** What a heading does, for a table that the browser sorts. */
  onSort?: (sort: Sort) => void;
  /** Marks one row, such as the one whose detail is open. */
  selectedKey?: string | undefined;
  /** Headings stay in sight below the top bar. Off inside something that scrolls by itself. */
  sticky?: boolean;
  className?: string;
};

const FROM = { md: "md:table-cell", lg: "lg:table-cell", xl: "xl:table-cell" } as const;

/** Rows between hairlines; on a phone each row is a card with its values labelled. */
export function DataTable<Row>({
  label,
  columns,
  rows,
  rowKey,
  selectedKey,
  sticky = true,
  className,
  ...sorting
}: DataTableProps<Row>) {
  return (
    <table className={cn("w-full border-collapse text-dense max-sm:block", className)}>
      <caption className="sr-only">{label}</caption>
      <thead className="max-sm:sr-only">
        <tr>
          {columns.map((column) => (
            <HeadCell key={column.id} column={column} sticky={sticky} {...sorting} />
          ))}
        </tr>
      </thead>
      <tbody className="max-sm:-mx-2 max-sm:block max-sm:border-t">
        {rows.map((row) => {
          const key = rowKey(row);
          const isSelected = selectedKey === undefined ? undefined : key === selectedKey;
          return <BodyRow key={key} columns={columns} row={row} isSelected={isSelected} />;
        })}
      </tbody>
    </table>
  );
}

type BodyRowProps<Row> = { columns: readonly Column<Row>[]; row: Row; isSelected: boolean | undefined };

/** Drawn once as long as row and columns are the same objects, which a long table may see to. */
function BodyRow<Row>({ columns, row, isSelected }: BodyRowProps<Row>) {
  return useMemo(
    () => (
      <tr
        aria-selected={isSelected}
        className="relative border-b hover:bg-hover/55 aria-selected:bg-hover max-sm:block max-sm:px-2 max-sm:py-2.5"
      >
        {columns.map((column) => (
          <BodyCell key={column.id} column={column} row={row} />
        ))}
      </tr>
    ),
    [columns, row, isSelected],
  );
}

type Sorting = Pick<DataTableProps<unknown>, "sort" | "sortHref" | "onSort">;

function HeadCell<Row>({ column, sticky, ...sorting }: Sorting & { column: Column<Row>; sticky: boolean }) {
  const direction = sorting.sort?.column === column.id ? sorting.sort.direction : undefined;
  return (
    <th
      scope="col"
      aria-sort={column.sorts === undefined ? undefined : (direction ?? "none")}
      className={cn(
        "bg-canvas py-2 pe-5 text-start align-bottom font-normal text-muted text-xs last:pe-0",
        // A border of a collapsed table does not stick with its cell; a shadow does.
        sticky ? "sticky top-header z-10 shadow-[inset_0_-1px_0_var(--color-line)]" : "border-b",
        column.align === "end" && "text-end",
        column.from !== undefined && `hidden ${FROM[column.from]}`,
      )}
    >
      {column.role === "actions" ? (
        <span className="sr-only">{column.header}</span>
      ) : column.sorts === undefined ? (
        column.header
      ) : (
        <SortControl column={column} sorts={column.sorts} direction={direction} {...sorting} />
      )}
    </th>
  );
}

const OPPOSITE = { ascending: "descending", descending: "ascending" } as const;
const ARROWS = { ascending: ArrowUp, descending: ArrowDown } as const;

function SortControl<Row>({
  column,
  sorts,
  direction,
  sortHref,
  onSort,
}: Sorting & { column: Column<Row>; sorts: SortDirection; direction: SortDirection | undefined }) {
  const next: Sort = { column: column.id, direction: direction === undefined ? sorts : OPPOSITE[direction] };
  const Arrow = direction === undefined ? ChevronsUpDown : ARROWS[direction];
  const style = cn(
    "inline-flex items-center gap-1 align-bottom hover:text-ink",
    direction !== undefined && "font-medium text-ink",
  );
  const body = (
    <>
      {column.align === "end" && <Arrow aria-hidden="true" className="size-3" />}
      {column.header}
      {column.align !== "end" && <Arrow aria-hidden="true" className="size-3" />}
    </>
  );
  return sortHref === undefined ? (
    <button type="button" className={style} onClick={() => onSort?.(next)}>
      {body}
    </button>
  ) : (
    <Link href={sortHref(next)} scroll={false} className={style}>
      {body}
    </Link>
  );
}

const CELL = "py-2 pe-5 align-top last:pe-0 max-sm:flex max-sm:justify-between max-sm:gap-6 max-sm:py-0.5 max-sm:pe-0";
const CARD_LABEL = "max-sm:before:shrink-0 max-sm:before:text-muted max-sm:before:content-[attr(data-label)]";

function BodyCell<Row>({ column, row }: { column: Column<Row>; row: Row }) {
  const hiding = cn(
    column.from !== undefined && `sm:hidden ${FROM[column.from]}`,
    column.onPhone === false && "max-sm:hidden",
  );
  if (column.role === "title") {
    return (
      <th
        scope="row"
        className={cn(
          CELL,
          "wrap-break-word text-start font-normal max-sm:wrap-anywhere max-sm:block max-sm:pb-1.5 max-sm:text-sm",
          hiding,
        )}
      >
        {column.cell(row)}
      </th>
    );
  }
  if (column.role === "actions") {
    return <td className={cn(CELL, "text-end max-sm:justify-end max-sm:pt-2", hiding)}>{column.cell(row)}</td>;
  }
  return (
    <td
      data-label={column.header}
      className={cn(
        CELL,
        CARD_LABEL,
        "max-sm:text-end max-sm:has-[[data-none]]:hidden",
        column.align === "end" && "whitespace-nowrap text-end",
        hiding,
      )}
    >
      <span className="min-w-0">{column.cell(row)}</span>
    </td>
  );
}

/** In a title cell: makes the whole row the target of the pointer. Other controls of the row need `relative`. */
export const ROW_TARGET_STYLE =
  "text-start font-medium after:absolute after:inset-0 hover:underline underline-offset-4";

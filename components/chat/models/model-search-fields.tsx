import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { formatUsd } from "@/components/ui/format-usd";
import { Select } from "@/components/ui/select";
import { MAX_PRICES, MODEL_FILTERS, type ModelFilter, type ModelSearch } from "./search-models";

const FILTERS: readonly ModelFilter[] = ["free", "image", "file", "audio", "draws", "tools", "reasons"];

type ModelSearchProps = { search: ModelSearch; onChange: (changes: Partial<ModelSearch>) => void };

/** What the models have to be able to do, and what they may cost. */
export function ModelSearchFilters({ search: { filters, maxPrice }, onChange }: ModelSearchProps) {
  return (
    <div className="flex flex-wrap items-center gap-1">
      {FILTERS.map((name) => (
        <Button
          key={name}
          size="small"
          variant="quiet"
          aria-pressed={filters.includes(name)}
          className={cn("px-2", filters.includes(name) && "bg-signal-wash text-signal")}
          onClick={() =>
            onChange({
              filters: filters.includes(name) ? filters.filter((one) => one !== name) : [...filters, name],
            })
          }
        >
          {MODEL_FILTERS[name].label}
        </Button>
      ))}
      <span className="w-36">
        <Select
          aria-label="Highest price"
          value={maxPrice === null ? "" : String(maxPrice)}
          className={cn("min-h-control-small py-0 text-dense", maxPrice !== null && "text-signal")}
          onChange={({ target: { value } }) => onChange({ maxPrice: value === "" ? null : Number(value) })}
        >
          <option value="">Any price</option>
          {MAX_PRICES.map((price) => (
            <option key={price} value={price}>
              Up to {formatUsd(price)}
            </option>
          ))}
        </Select>
      </span>
    </div>
  );
}

export function ModelSearchOrder({ search: { order }, onChange }: ModelSearchProps) {
  return (
    <span className="w-32 shrink-0">
      <Select
        aria-label="Order"
        value={order}
        onChange={({ target: { value } }) =>
          onChange({ order: value === "cheapest" ? "cheapest" : value === "context" ? "context" : "newest" })
        }
      >
        <option value="newest">Newest</option>
        <option value="cheapest">Cheapest</option>
        <option value="context">Context</option>
      </Select>
    </span>
  );
}

import type { ModelFilter, Span } from "./model-filter";

/** The shortest query that {@link readModelFilter} reads as this filter. Equal filters give equal queries. */
export function writeModelFilter(filter: ModelFilter): URLSearchParams {
  const query = new URLSearchParams();
  const set = (name: string, value: string | number | undefined) => {
    if (value !== undefined && value !== "") query.set(name, String(value));
  };
  const setSpan = (min: string, max: string, span: Span) => {
    set(min, span.min);
    set(max, span.max);
  };
  set("q", filter.q);
  set("input_modalities", filter.inputModalities.join());
  set("output_modalities", filter.outputModalities.join());
  set("context", filter.contextTokens);
  setSpan("min_price", "max_price", filter.promptPrice);
  setSpan("min_output_price", "max_output_price", filter.completionPrice);
  set("arch", filter.series.join());
  set("category", filter.category);
  set("supported_parameters", filter.supportedParameters.join());
  set("providers", filter.providers.join());
  set("model_authors", filter.authors.join());
  set("distillable", filter.distillable === undefined ? undefined : String(filter.distillable));
  set("zdr", filter.zdr ? "true" : undefined);
  set("available", filter.available ? "true" : undefined);
  set("region", filter.region);
  setSpan("min_age_days", "max_age_days", filter.ageDays);
  const { intelligence, coding, agentic, toolSuccess } = filter.benchmarks;
  setSpan("min_intelligence_index", "max_intelligence_index", intelligence);
  setSpan("min_coding_index", "max_coding_index", coding);
  setSpan("min_agentic_index", "max_agentic_index", agentic);
  setSpan("min_tool_success_rate", "max_tool_success_rate", toolSuccess);
  set("order", filter.order);
  return query;
}

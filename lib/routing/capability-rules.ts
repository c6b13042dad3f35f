import { listed, quoted, type Rule } from "./rule";
import type { RouteNeeds } from "./types";

export const distillableRule: Rule = {
  name: "enforce_distillable_text",
  applies: ({ preferences }) => preferences.distillableOnly,
  message: () => "No endpoints found for models that allow distillation of their text",
  refuse: (_endpoint, { fact: { distillation } }) =>
    distillation?.allowed === true
      ? undefined
      : {
          reason:
            distillation === undefined
              ? "it is not known that the model's author allows distillation"
              : "the model's author does not allow distillation",
          fix: "leave out provider.enforce_distillable_text",
        },
};

export const quantizationsRule: Rule = {
  name: "quantizations",
  applies: ({ preferences }) => preferences.quantizations.length > 0,
  message: ({ preferences }) => `No endpoints found with quantization ${quoted(preferences.quantizations)}`,
  refuse: ({ fact: { quantization } }, _model, { preferences: { quantizations } }) =>
    quantizations.includes(quantization)
      ? undefined
      : { reason: `quantization is ${quantization}`, fix: `add "${quantization}" to provider.quantizations` },
};

export const toolsRule: Rule = {
  name: "tools",
  applies: ({ needs }) => needs.tools,
  message: () => "No endpoints found that support tool use",
  refuse: ({ supportedParameters }) =>
    supportedParameters.has("tools")
      ? undefined
      : { reason: "does not support tools", fix: "leave out tools; leave out tool_choice" },
};

export const structuredOutputsRule: Rule = {
  name: "structured_outputs",
  applies: ({ needs }) => needs.jsonSchema,
  message: () => "No endpoints found that support structured outputs",
  refuse: ({ supportedParameters }) =>
    supportedParameters.has("structured_outputs")
      ? undefined
      : { reason: "does not support structured outputs", fix: 'set response_format to {"type":"json_object"}' },
};

export const inputModalitiesRule: Rule = {
  name: "input_modalities",
  applies: ({ needs }) => needs.inputModalities.some((kind) => isNeeded(kind, needs)),
  message: ({ needs }) => `No endpoints found that support ${needs.inputModalities.join(" and ")} input`,
  refuse: (endpoint, model, { needs }) => {
    const taken = endpoint.fact.inputModalities ?? model.fact.inputModalities;
    const missing = needs.inputModalities.filter((kind) => isNeeded(kind, needs) && !taken.includes(kind));
    return missing.length === 0
      ? undefined
      : {
          reason: `does not take ${listed(missing)} input`,
          fix: missing.map((kind) => `remove the ${kind} parts from messages`).join("; "),
        };
  },
};

/** Files can be served anywhere, unless that is ruled out: a plugin turns them into text where the model takes none. */
function isNeeded(kind: RouteNeeds["inputModalities"][number], { nativeFiles }: RouteNeeds): boolean {
  return kind !== "file" || nativeFiles === true;
}

export const videoUrlRule: Rule = {
  name: "video_url",
  applies: ({ needs }) => needs.videoAddresses.length > 0,
  message: () => "No endpoints found that take the addresses of these videos; send the videos as base64 data URLs",
  refuse: (endpoint, model, { needs }) => {
    // Where no video is taken at all, that is the reason.
    if (!(endpoint.fact.inputModalities ?? model.fact.inputModalities).includes("video")) return undefined;
    const policy = endpoint.fact.videoUrls ?? endpoint.provider.fact.videoUrls ?? "any";
    if (policy === "any" || (policy === "youtube" && !needs.videoAddresses.includes("other"))) return undefined;
    const reason = policy === "youtube" ? "takes addresses of YouTube videos only" : "takes no videos by address";
    return { reason, fix: "set messages[].content[].video_url.url to base64 data URLs" };
  },
};

export const outputModalitiesRule: Rule = {
  name: "output_modalities",
  applies: ({ needs }) => needs.outputModalities.length > 0,
  message: ({ needs }) => `No endpoints found that support ${needs.outputModalities.join(" and ")} output`,
  refuse: (endpoint, model, { needs }) => {
    const given = endpoint.fact.outputModalities ?? model.fact.outputModalities;
    const missing = needs.outputModalities.filter((kind) => !given.includes(kind));
    return missing.length === 0
      ? undefined
      : {
          reason: `cannot produce ${listed(missing)}`,
          fix: missing.map((kind) => `remove "${kind}" from modalities`).join("; "),
        };
  },
};

export const webSearchRule: Rule = {
  name: "web_search",
  applies: ({ needs }) => needs.nativeSearch === true,
  message: ({ models }) =>
    `plugins: the web search engine is "native", and ${listed(models.map(({ id }) => id))} ${models.length === 1 ? "has" : "have"} no web search of ${models.length === 1 ? "its" : "their"} own at any provider that can be asked; leave engine out, or set it to "exa"`,
  refuse: (endpoint, _model, { searchesNatively }) =>
    searchesNatively?.(endpoint) === true
      ? undefined
      : { reason: "has no web search of its own", fix: 'set plugins[].engine to "exa"' },
};

export const requireParametersRule: Rule = {
  name: "require_parameters",
  applies: ({ preferences }) => preferences.requireParameters,
  message: () => "No endpoints found that support every parameter of the request",
  refuse: ({ supportedParameters }, _model, { needs }) => {
    const missing = needs.parameters.filter((name) => !supportedParameters.has(name));
    return missing.length === 0
      ? undefined
      : {
          reason: `does not support ${listed(missing)}`,
          fix: `${missing.map((name) => `leave out ${name}`).join("; ")}, or set provider.require_parameters to false`,
        };
  },
};

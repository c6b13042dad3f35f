import { type ModelFact, modalitySchema, outputModalitySchema } from "@/lib/schemas/catalog";
import { instructTypeSchema, type PublicArchitecture, tokenizerGroupSchema } from "@/lib/schemas/public-catalog";

/**
 * What a model reads and writes, as clients read it.
 *
 * A tokenizer or prompt template that clients do not know becomes "Other" or null.
 */
export function renderArchitecture(model: ModelFact): PublicArchitecture {
  const tokenizer = tokenizerGroupSchema.safeParse(model.tokenizer);
  const instructType = instructTypeSchema.safeParse(model.instructType);
  return {
    modality: modalityOf(model),
    input_modalities: model.inputModalities,
    output_modalities: model.outputModalities,
    tokenizer: tokenizer.success ? tokenizer.data : "Other",
    instruct_type: instructType.success ? instructType.data : null,
  };
}

/** "text+image->text": each side in a fixed order, so that equal abilities give equal strings. */
function modalityOf(model: ModelFact): string {
  const inputs = modalitySchema.options.filter((modality) => model.inputModalities.includes(modality));
  const outputs = outputModalitySchema.options.filter((modality) => model.outputModalities.includes(modality));
  return `${inputs.join("+")}->${outputs.join("+")}`;
}

import type { ModelFact } from "./catalog";
import type { EndpointOffer } from "./endpoint-offer";
import type { ListedModel } from "./listed-model";

/** All that the page of a model shows and the catalog knows. */
export type ModelDescription = {
  /** What requests name. */
  id: string;
  listed: ListedModel;
  fact: ModelFact;
  /** Of an alias: what it stands for now. */
  aliasOf: { id: string; name: string } | undefined;
  offers: readonly EndpointOffer[];
  /** Of a router: the models that it chooses from. */
  pool: readonly ListedModel[];
  /** Other entries of the same model: its variants, the model that it is a variant of. */
  relatives: readonly string[];
};

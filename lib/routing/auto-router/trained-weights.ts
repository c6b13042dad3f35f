import { decodeWeights, type RouterWeights } from "./router-weights";
import stored from "./weights.json";

let decoded: RouterWeights | undefined;

/** The weights that are shipped, decoded on first use (it takes some 20 ms). */
export function routerWeights(): RouterWeights {
  decoded ??= decodeWeights(stored);
  return decoded;
}

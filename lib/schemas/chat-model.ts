/** A model as a picker shows it. */
export type ChatModel = {
  id: string;
  name: string;
  contextTokens: number;
  maxOutputTokens?: number;
  /** USD per million tokens, for display. */
  promptPrice: number;
  /** USD per million tokens, for display. */
  completionPrice: number;
  isFree: boolean;
  /** Besides text. */
  inputs: readonly string[];
  outputs: readonly string[];
  /** Takes functions to call. */
  usesTools: boolean;
  /** Can be asked to think. */
  reasons: boolean;
};

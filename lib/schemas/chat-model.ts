/** A model as a picker shows it. */
export type ChatModel = {
  id: string;
  name: string;
  contextTokens: number;
  /** USD per million tokens, for display. */
  promptPrice: number;
  /** USD per million tokens, for display. */
  completionPrice: number;
  isFree: boolean;
};

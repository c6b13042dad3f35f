/** A model as the picker shows it. */
export type ChatModel = {
  id: string;
  name: string;
  contextTokens: number;
  /** USD per million tokens. */
  promptPrice: number;
  /** USD per million tokens. */
  completionPrice: number;
  isFree: boolean;
};

import { chatRequestSchema } from "./chat-request";

/** What a request may say of its route and of itself, whatever it asks for: those of chat completions, in every dialect. */
export const taskRoutingFields = chatRequestSchema.pick({
  models: true,
  preset: true,
  provider: true,
  session_id: true,
  trace: true,
  user: true,
}).shape;

/** The same of a conversation, with how its answer is sampled and sent. */
export const conversationRoutingFields = {
  ...taskRoutingFields,
  ...chatRequestSchema.pick({
    model: true,
    route: true,
    plugins: true,
    transforms: true,
    stream: true,
    temperature: true,
    top_p: true,
    top_k: true,
    cache_control: true,
  }).shape,
};

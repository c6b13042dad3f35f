import { keyRestoration } from "../../../key-routes";

export const { POST } = keyRestoration("inference");

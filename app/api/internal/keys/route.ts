import { keyCollection } from "../key-routes";

export const { GET, POST } = keyCollection("inference");

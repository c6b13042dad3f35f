import { keyItem } from "../../key-routes";

export const { PATCH, DELETE } = keyItem("inference");

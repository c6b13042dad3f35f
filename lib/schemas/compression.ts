/** Whether prompts that are too long may be made to fit: `default` leaves it to the size of the endpoint's context. */
export type Compression = "on" | "off" | "default";

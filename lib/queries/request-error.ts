/** A request that our own server refused, in the server's words. */
export class RequestError extends Error {
  readonly status: number;
  readonly code: string;
  /** The field of the request that is wrong, where one is. */
  readonly field: string | undefined;

  constructor(status: number, code: string, message: string, field?: string) {
    super(message);
    this.name = "RequestError";
    this.status = status;
    this.code = code;
    this.field = field;
  }
}

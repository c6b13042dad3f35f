// Apart from what throws them: who only asks which it was need not load the reader and its schemas.

/** The stream broke off: the server went away, or the network did. What had arrived is good. */
export class ConnectionLost extends Error {
  override readonly name = "ConnectionLost";
}

/** An event was no chunk of a completion. What had arrived before it is good. */
export class UnreadableAnswer extends Error {
  override readonly name = "UnreadableAnswer";
}

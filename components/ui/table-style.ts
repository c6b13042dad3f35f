/** Cells of the tables that list things: hairlines between rows, the first and last column flush with the page. */
export const HEAD_CELL_STYLE = "py-2 pe-6 text-start font-normal text-muted last:pe-0";
export const CELL_STYLE = "py-3 pe-6 align-top last:pe-0";

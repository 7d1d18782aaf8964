// For the search and the page for missing addresses: what lists have; their own scripts are modules beside it.
import "./list.js";

/** What the form says about evidence. */
export const citing = `Evidence stands in brackets behind what it is for, and is held against what the run recorded:

  p95 was 4,850 ms [metric:route=open order,14:03,14:05]     live figures, UTC; also %, requests/s, statements per request
  it reads 12,010 pages [survey:open order,before]           what one request asks of the database, before or after the change
  500 times fewer pages [survey:open order]                  the same, compared
  a scan of the whole table [plan:Seq Scan on order_items]   a step of a logged plan: gameday plans
  100 statements [trace:4bf92f35]                            gameday traces
  it ran 4,000 calls [statement:1f3a9c20]                    of the judgement; so is the ledger
  150 charges [ledger:payments.charge]                       what a third party saw

"gameday diagnose --evidence" lists what there is to cite.`;

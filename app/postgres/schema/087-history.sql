-- 087-history.sql: what is read of a day is found by the day, however many there were; and a new catalogue reaches
-- every branch.
set role janela_owner;

-- Next to nothing while a receipt is written. What a range holds is noted as soon as the next one begins: without that only a
-- vacuum does it, and until then all that is new is read.
create index receipt_day on desk.receipt using brin (day) with (autosummarize = on);
alter index desk.print_begun set (autosummarize = on);
alter index desk.event_recorded set (autosummarize = on);
alter index desk.ticket_history set (autosummarize = on);
alter index desk.application_day set (autosummarize = on);
alter index desk.blob_chunk_put set (autosummarize = on);
alter index desk.spool_put set (autosummarize = on);

create index help_call_answered on desk.help_call (branch, acknowledged_at) where acknowledged_at is not null;

create policy catalogue on desk.event for select to janela_api
  using (branch = '*' and kind = 'catalogue' and (select desk.my_branch ()) is not null);

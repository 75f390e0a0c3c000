-- 061-print-kinds.sql: the slip of an appointment is a print as well.
set role janela_owner;

alter table desk.print drop constraint print_kind_check;
alter table desk.print add constraint print_kind_check
  check (kind in ('ticket', 'appointment', 'receipt', 'notice', 'not-accepted', 'delivery', 'application', 'hand-over', 'report', 'test'));

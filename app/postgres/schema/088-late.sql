-- 088-late.sql: how many minutes ago an online command may have happened at most (desk.caller).
set role janela_owner;

insert into desk.setting values ('late_minutes', '15');

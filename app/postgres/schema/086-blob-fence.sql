-- 086-blob-fence.sql: the pieces of a blob stand behind the same fence as the blob.
set role janela_owner;

alter table desk.blob_chunk enable row level security;
create policy branch on desk.blob_chunk to janela_api
  using (branch = (select desk.my_branch ()) or (select desk.my_branch ()) = '*');
create policy published on desk.blob_chunk for select to janela_api using (branch = '*');

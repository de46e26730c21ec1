drop table api_token;
drop table operator;
drop table bootstrap;
drop table tenant;
alter default privileges in schema public revoke usage, select on sequences from "${application_role}";
alter default privileges in schema public revoke select, insert, update, delete on tables from "${application_role}";

drop table change;

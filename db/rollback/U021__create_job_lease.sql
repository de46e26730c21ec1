drop table job_lease;

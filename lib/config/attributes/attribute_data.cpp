// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
//
// Written by scripts/regenerate-attributes; do not edit. Data of the OpenTelemetry semantic
// conventions 1.44.0 (Apache-2.0), as @opentelemetry/semantic-conventions 1.44.0 and 1.41.1,
// go.opentelemetry.io/otel v1.47.0 and schema_renames.txt tell it.
#include "config/attributes/attribute_data.hpp"

namespace otelctl::config {

// clang-format off
const std::string_view k_conventions_version = "1.44.0";

const std::string_view k_attribute_table = R"table(
android.app.state	enum	background,created,foreground
android.os.api_level	string	
android.state	>	android.app.state
app.build_id	string	
app.crash.id	string	
app.installation.id	string	
app.jank.frame_count	int	
app.jank.period	double	
app.jank.threshold	double	
app.screen.coordinate.x	int	
app.screen.coordinate.y	int	
app.screen.id	string	
app.screen.name	string	
app.widget.id	string	
app.widget.name	string	
artifact.attestation.filename	string	
artifact.attestation.hash	string	
artifact.attestation.id	string	
artifact.filename	string	
artifact.hash	string	
artifact.purl	string	
artifact.version	string	
aspnetcore.authentication.result	enum	failure,none,success
aspnetcore.authentication.scheme	any	
aspnetcore.authorization.policy	any	
aspnetcore.authorization.result	enum	failure,success
aspnetcore.diagnostics.exception.result	enum	aborted,handled,skipped,unhandled
aspnetcore.diagnostics.handler.type	any	
aspnetcore.identity.error_code	any	
aspnetcore.identity.password_check_result	enum	failure,password_missing,success,success_rehash_needed,user_missing
aspnetcore.identity.result	enum	failure,success
aspnetcore.identity.sign_in.result	enum	failure,locked_out,not_allowed,requires_two_factor,success
aspnetcore.identity.sign_in.type	enum	external,passkey,password,two_factor,two_factor_authenticator,two_factor_recovery_code
aspnetcore.identity.token_purpose	enum	_OTHER,change_email,change_phone_number,email_confirmation,reset_password,two_factor
aspnetcore.identity.token_verified	enum	failure,success
aspnetcore.identity.user.update_type	enum	_OTHER,access_failed,add_claims,add_login,add_password,add_to_roles,change_email,change_password,change_phone_number,confirm_email,generate_new_two_factor_recovery_codes,password_rehash,redeem_two_factor_recovery_code,remove_authentication_token,remove_claims,remove_from_roles,remove_login,remove_passkey,remove_password,replace_claim,reset_access_failed_count,reset_authenticator_key,reset_password,security_stamp,set_authentication_token,set_email,set_lockout_enabled,set_lockout_end_date,set_passkey,set_phone_number,set_two_factor_enabled,update,user_name
aspnetcore.identity.user_type	any	
aspnetcore.memory_pool.owner	any	
aspnetcore.rate_limiting.policy	any	
aspnetcore.rate_limiting.result	enum	acquired,endpoint_limiter,global_limiter,request_canceled
aspnetcore.request.is_unhandled	any	
aspnetcore.routing.is_fallback	any	
aspnetcore.routing.match_status	enum	failure,success
aspnetcore.sign_in.is_persistent	any	
aspnetcore.user.is_authenticated	any	
aws.bedrock.guardrail.id	string	
aws.bedrock.knowledge_base.id	string	
aws.dynamodb.attribute_definitions	string[]	
aws.dynamodb.attributes_to_get	string[]	
aws.dynamodb.consistent_read	bool	
aws.dynamodb.consumed_capacity	string[]	
aws.dynamodb.count	int	
aws.dynamodb.exclusive_start_table	string	
aws.dynamodb.global_secondary_index_updates	string[]	
aws.dynamodb.global_secondary_indexes	string[]	
aws.dynamodb.index_name	string	
aws.dynamodb.item_collection_metrics	string	
aws.dynamodb.limit	int	
aws.dynamodb.local_secondary_indexes	string[]	
aws.dynamodb.projection	string	
aws.dynamodb.provisioned_read_capacity	double	
aws.dynamodb.provisioned_write_capacity	double	
aws.dynamodb.scan_forward	bool	
aws.dynamodb.scanned_count	int	
aws.dynamodb.segment	int	
aws.dynamodb.select	string	
aws.dynamodb.table_count	int	
aws.dynamodb.table_names	string[]	
aws.dynamodb.total_segments	int	
aws.ecs.cluster.arn	string	
aws.ecs.container.arn	string	
aws.ecs.launchtype	enum	ec2,fargate
aws.ecs.task.arn	string	
aws.ecs.task.family	string	
aws.ecs.task.id	string	
aws.ecs.task.revision	string	
aws.eks.cluster.arn	string	
aws.extended_request_id	string	
aws.kinesis.stream_name	string	
aws.lambda.invoked_arn	string	
aws.lambda.resource_mapping.id	string	
aws.log.group.arns	string[]	
aws.log.group.names	string[]	
aws.log.stream.arns	string[]	
aws.log.stream.names	string[]	
aws.request_id	string	
aws.s3.bucket	string	
aws.s3.copy_source	string	
aws.s3.delete	string	
aws.s3.key	string	
aws.s3.part_number	int	
aws.s3.upload_id	string	
aws.secretsmanager.secret.arn	string	
aws.sns.topic.arn	string	
aws.sqs.queue.url	string	
aws.step_functions.activity.arn	string	
aws.step_functions.state_machine.arn	string	
az.namespace	>	azure.resource_provider.namespace
az.service_request_id	>	azure.service.request.id
azure.client.id	string	
azure.cosmosdb.connection.mode	enum	direct,gateway
azure.cosmosdb.consistency.level	enum	BoundedStaleness,ConsistentPrefix,Eventual,Session,Strong
azure.cosmosdb.operation.contacted_regions	string[]	
azure.cosmosdb.operation.request_charge	double	
azure.cosmosdb.request.body.size	int	
azure.cosmosdb.response.sub_status_code	int	
azure.resource_group.name	string	
azure.resource_provider.namespace	string	
azure.service.request.id	string	
browser.brands	string[]	
browser.document.url.full	string	
browser.language	string	
browser.mobile	bool	
browser.platform	string	
browser.user_agent	>	user_agent.original
browser.web_vital.delta	any	
browser.web_vital.id	any	
browser.web_vital.name	enum	cls,fcp,inp,lcp,ttfb
browser.web_vital.navigation_type	enum	back-forward,back-forward-cache,navigate,prerender,reload,restore
browser.web_vital.rating	enum	good,needs-improvement,poor
browser.web_vital.value	any	
cassandra.consistency.level	enum	all,any,each_quorum,local_one,local_quorum,local_serial,one,quorum,serial,three,two
cassandra.coordinator.dc	string	
cassandra.coordinator.id	string	
cassandra.page.size	int	
cassandra.query.idempotent	bool	
cassandra.speculative_execution.count	int	
cicd.pipeline.action.name	enum	BUILD,RUN,SYNC
cicd.pipeline.name	string	
cicd.pipeline.result	enum	cancellation,error,failure,skip,success,timeout
cicd.pipeline.run.id	string	
cicd.pipeline.run.state	enum	executing,finalizing,pending
cicd.pipeline.run.url.full	string	
cicd.pipeline.task.name	string	
cicd.pipeline.task.run.id	string	
cicd.pipeline.task.run.result	enum	cancellation,error,failure,skip,success,timeout
cicd.pipeline.task.run.url.full	string	
cicd.pipeline.task.type	enum	build,deploy,test
cicd.system.component	string	
cicd.worker.id	string	
cicd.worker.name	string	
cicd.worker.state	enum	available,busy,offline
cicd.worker.url.full	string	
client.address	string	
client.port	int	
cloud.account.id	string	
cloud.availability_zone	string	
cloud.platform	enum	akamai_cloud.compute,alibaba_cloud_ecs,alibaba_cloud_fc,alibaba_cloud_openshift,aws_app_runner,aws_ec2,aws_ecs,aws_eks,aws_elastic_beanstalk,aws_lambda,aws_openshift,azure.aks,azure.app_service,azure.container_apps,azure.container_instances,azure.functions,azure.openshift,azure.vm,gcp.agent_engine,gcp_app_engine,gcp_bare_metal_solution,gcp_cloud_functions,gcp_cloud_run,gcp_compute_engine,gcp_kubernetes_engine,gcp_openshift,hetzner.cloud_server,ibm_cloud_openshift,oracle_cloud_compute,oracle_cloud_oke,scaleway_cloud_compute,tencent_cloud_cvm,tencent_cloud_eks,tencent_cloud_scf,vultr.cloud_compute
cloud.provider	enum	akamai_cloud,alibaba_cloud,aws,azure,gcp,heroku,hetzner,ibm_cloud,oracle_cloud,scaleway_cloud,tencent_cloud,vultr
cloud.region	string	
cloud.resource_id	string	
cloudevents.event_id	string	
cloudevents.event_source	string	
cloudevents.event_spec_version	string	
cloudevents.event_subject	string	
cloudevents.event_type	string	
cloudfoundry.app.id	string	
cloudfoundry.app.instance.id	string	
cloudfoundry.app.name	string	
cloudfoundry.org.id	string	
cloudfoundry.org.name	string	
cloudfoundry.process.id	string	
cloudfoundry.process.type	string	
cloudfoundry.space.id	string	
cloudfoundry.space.name	string	
cloudfoundry.system.id	string	
cloudfoundry.system.instance.id	string	
code.column	>	code.column.number
code.column.number	int	
code.file.path	string	
code.filepath	>	code.file.path
code.function	/	code.function.name
code.function.name	string	
code.line.number	int	
code.lineno	>	code.line.number
code.namespace	/	code.function.name
code.stacktrace	string	
container.command	string	
container.command_args	string[]	
container.command_line	string	
container.cpu.state	=	cpu.mode
container.csi.plugin.name	string	
container.csi.volume.id	string	
container.id	string	
container.image.id	string	
container.image.name	string	
container.image.repo_digests	string[]	
container.image.tags	string[]	
container.label.*	any	
container.labels.*	>	container.label.*
container.name	string	
container.runtime	>	container.runtime.name
container.runtime.description	string	
container.runtime.name	string	
container.runtime.version	string	
cpu.logical_number	int	
cpu.mode	enum	idle,interrupt,iowait,nice,steal,system,user
cpython.gc.generation	enum	0,1,2
db.cassandra.consistency_level	>	cassandra.consistency.level
db.cassandra.coordinator.dc	>	cassandra.coordinator.dc
db.cassandra.coordinator.id	>	cassandra.coordinator.id
db.cassandra.idempotence	>	cassandra.query.idempotent
db.cassandra.keyspace	>	db.namespace
db.cassandra.page_size	>	cassandra.page.size
db.cassandra.speculative_execution_count	>	cassandra.speculative_execution.count
db.cassandra.table	>	db.collection.name
db.client.connection.pool.name	string	
db.client.connection.state	enum	idle,used
db.client.connections.pool.name	>	db.client.connection.pool.name
db.client.connections.state	>	db.client.connection.state
db.collection.name	string	
db.connection_string	/	server.address,server.port
db.cosmosdb.client_id	>	azure.client.id
db.cosmosdb.connection_mode	>	azure.cosmosdb.connection.mode
db.cosmosdb.consistency_level	>	azure.cosmosdb.consistency.level
db.cosmosdb.container	>	db.collection.name
db.cosmosdb.operation_type	-	
db.cosmosdb.regions_contacted	>	azure.cosmosdb.operation.contacted_regions
db.cosmosdb.request_charge	>	azure.cosmosdb.operation.request_charge
db.cosmosdb.request_content_length	>	azure.cosmosdb.request.body.size
db.cosmosdb.status_code	>	db.response.status_code
db.cosmosdb.sub_status_code	>	azure.cosmosdb.response.sub_status_code
db.elasticsearch.cluster.name	>	db.namespace
db.elasticsearch.node.name	>	elasticsearch.node.name
db.elasticsearch.path_parts.*	>	db.operation.parameter.*
db.hbase.namespace	>	db.namespace
db.instance.id	-	
db.jdbc.driver_classname	-	
db.mongodb.collection	>	db.collection.name
db.mssql.instance_name	-	
db.name	>	db.namespace
db.namespace	string	
db.operation	>	db.operation.name
db.operation.batch.size	int	
db.operation.name	string	
db.operation.parameter.*	any	
db.query.parameter.*	any	
db.query.summary	string	
db.query.text	string	
db.redis.database_index	/	db.namespace
db.response.returned_rows	int	
db.response.status_code	string	
db.sql.table	/	db.collection.name
db.statement	>	db.query.text
db.stored_procedure.name	string	
db.system	=	db.system.name
db.system.name	enum	actian.ingres,aws.dynamodb,aws.redshift,azure.cosmosdb,cassandra,clickhouse,cockroachdb,couchbase,couchdb,derby,elasticsearch,firebirdsql,gcp.spanner,geode,h2database,hbase,hive,hsqldb,ibm.db2,ibm.informix,ibm.netezza,influxdb,instantdb,intersystems.cache,mariadb,memcached,microsoft.sql_server,mongodb,mysql,neo4j,opensearch,oracle.db,other_sql,postgresql,redis,sap.hana,sap.maxdb,softwareag.adabas,sqlite,teradata,trino
db.user	-	
deployment.environment	>	deployment.environment.name
deployment.environment.name	enum	development,production,staging,test
deployment.id	string	
deployment.name	string	
deployment.status	enum	failed,succeeded
destination.address	string	
destination.port	int	
device.id	string	
device.manufacturer	string	
device.model.identifier	string	
device.model.name	string	
disk.io.direction	enum	read,write
dns.answers	string[]	
dns.question.name	string	
dotnet.gc.heap.generation	enum	gen0,gen1,gen2,loh,poh
elasticsearch.node.name	string	
enduser.id	string	
enduser.pseudo.id	string	
enduser.role	>	user.roles
enduser.scope	-	
error.message	-	
error.type	enum	_OTHER
event.name	-	
exception.escaped	-	
exception.message	string	
exception.stacktrace	string	
exception.type	string	
faas.coldstart	bool	
faas.cron	string	
faas.document.collection	string	
faas.document.name	string	
faas.document.operation	enum	delete,edit,insert
faas.document.time	string	
faas.execution	>	faas.invocation_id
faas.id	>	cloud.resource_id
faas.instance	string	
faas.invocation_id	string	
faas.invoked_name	string	
faas.invoked_provider	enum	alibaba_cloud,aws,azure,gcp,tencent_cloud
faas.invoked_region	string	
faas.max_memory	int	
faas.name	string	
faas.time	string	
faas.trigger	enum	datasource,http,other,pubsub,timer
faas.version	string	
feature_flag.context.id	string	
feature_flag.error.message	string	
feature_flag.evaluation.error.message	>	feature_flag.error.message
feature_flag.evaluation.reason	>	feature_flag.result.reason
feature_flag.key	string	
feature_flag.provider.name	string	
feature_flag.provider_name	>	feature_flag.provider.name
feature_flag.result.reason	enum	cached,default,disabled,error,split,stale,static,targeting_match,unknown
feature_flag.result.value	any	
feature_flag.result.variant	string	
feature_flag.set.id	string	
feature_flag.variant	>	feature_flag.result.variant
feature_flag.version	string	
file.accessed	string	
file.attributes	string[]	
file.changed	string	
file.created	string	
file.directory	string	
file.extension	string	
file.fork_name	string	
file.group.id	string	
file.group.name	string	
file.inode	string	
file.lock.mechanism	string	
file.lock.mode	string	
file.lock.type	enum	read,write
file.mode	string	
file.modified	string	
file.name	string	
file.owner.id	string	
file.owner.name	string	
file.path	string	
file.size	int	
file.symbolic_link.target_path	string	
gcp.apphub.application.container	string	
gcp.apphub.application.id	string	
gcp.apphub.application.location	string	
gcp.apphub.service.criticality_type	enum	HIGH,LOW,MEDIUM,MISSION_CRITICAL
gcp.apphub.service.environment_type	enum	DEVELOPMENT,PRODUCTION,STAGING,TEST
gcp.apphub.service.id	string	
gcp.apphub.workload.criticality_type	enum	HIGH,LOW,MEDIUM,MISSION_CRITICAL
gcp.apphub.workload.environment_type	enum	DEVELOPMENT,PRODUCTION,STAGING,TEST
gcp.apphub.workload.id	string	
gcp.apphub_destination.application.container	string	
gcp.apphub_destination.application.id	string	
gcp.apphub_destination.application.location	string	
gcp.apphub_destination.service.criticality_type	enum	HIGH,LOW,MEDIUM,MISSION_CRITICAL
gcp.apphub_destination.service.environment_type	enum	DEVELOPMENT,PRODUCTION,STAGING,TEST
gcp.apphub_destination.service.id	string	
gcp.apphub_destination.workload.criticality_type	enum	HIGH,LOW,MEDIUM,MISSION_CRITICAL
gcp.apphub_destination.workload.environment_type	enum	DEVELOPMENT,PRODUCTION,STAGING,TEST
gcp.apphub_destination.workload.id	string	
gcp.client.service	string	
gcp.cloud_run.job.execution	string	
gcp.cloud_run.job.task_index	int	
gcp.gce.instance.hostname	string	
gcp.gce.instance.labels.*	any	
gcp.gce.instance.name	string	
gcp.gce.instance_group_manager.name	string	
gcp.gce.instance_group_manager.region	string	
gcp.gce.instance_group_manager.zone	string	
gen_ai.agent.description	string	
gen_ai.agent.id	string	
gen_ai.agent.name	string	
gen_ai.agent.version	string	
gen_ai.completion	-	
gen_ai.conversation.id	string	
gen_ai.data_source.id	string	
gen_ai.embeddings.dimension.count	int	
gen_ai.evaluation.explanation	string	
gen_ai.evaluation.name	string	
gen_ai.evaluation.score.label	string	
gen_ai.evaluation.score.value	double	
gen_ai.input.messages	any	
gen_ai.openai.request.response_format	=	gen_ai.output.type
gen_ai.openai.request.seed	>	gen_ai.request.seed
gen_ai.openai.request.service_tier	>	openai.request.service_tier
gen_ai.openai.response.service_tier	>	openai.response.service_tier
gen_ai.openai.response.system_fingerprint	>	openai.response.system_fingerprint
gen_ai.operation.name	enum	chat,create_agent,embeddings,execute_tool,generate_content,invoke_agent,invoke_workflow,retrieval,text_completion
gen_ai.output.messages	any	
gen_ai.output.type	enum	image,json,speech,text
gen_ai.prompt	-	
gen_ai.prompt.name	string	
gen_ai.provider.name	enum	anthropic,aws.bedrock,azure.ai.inference,azure.ai.openai,cohere,deepseek,gcp.gemini,gcp.gen_ai,gcp.vertex_ai,groq,ibm.watsonx.ai,mistral_ai,openai,perplexity,x_ai
gen_ai.request.choice.count	int	
gen_ai.request.encoding_formats	string[]	
gen_ai.request.frequency_penalty	double	
gen_ai.request.max_tokens	int	
gen_ai.request.model	string	
gen_ai.request.presence_penalty	double	
gen_ai.request.seed	int	
gen_ai.request.stop_sequences	string[]	
gen_ai.request.stream	bool	
gen_ai.request.temperature	double	
gen_ai.request.top_k	double	
gen_ai.request.top_p	double	
gen_ai.response.finish_reasons	string[]	
gen_ai.response.id	string	
gen_ai.response.model	string	
gen_ai.response.time_to_first_chunk	double	
gen_ai.retrieval.documents	any	
gen_ai.retrieval.query.text	string	
gen_ai.system	=	gen_ai.provider.name
gen_ai.system_instructions	any	
gen_ai.token.type	enum	input,output
gen_ai.tool.call.arguments	any	
gen_ai.tool.call.id	string	
gen_ai.tool.call.result	any	
gen_ai.tool.definitions	any	
gen_ai.tool.description	string	
gen_ai.tool.name	string	
gen_ai.tool.type	string	
gen_ai.usage.cache_creation.input_tokens	int	
gen_ai.usage.cache_read.input_tokens	int	
gen_ai.usage.completion_tokens	>	gen_ai.usage.output_tokens
gen_ai.usage.input_tokens	int	
gen_ai.usage.output_tokens	int	
gen_ai.usage.prompt_tokens	>	gen_ai.usage.input_tokens
gen_ai.usage.reasoning.output_tokens	int	
gen_ai.workflow.name	string	
geo.continent.code	enum	AF,AN,AS,EU,NA,OC,SA
geo.country.iso_code	string	
geo.locality.name	string	
geo.location.lat	double	
geo.location.lon	double	
geo.postal_code	string	
geo.region.iso_code	string	
go.cpu.detailed_state	string	
go.cpu.state	enum	gc,idle,scavenge,user
go.memory.detailed_type	string	
go.memory.type	enum	other,stack
graphql.document	string	
graphql.operation.name	string	
graphql.operation.type	enum	mutation,query,subscription
heroku.app.id	string	
heroku.release.commit	string	
heroku.release.creation_timestamp	string	
host.arch	enum	amd64,arm32,arm64,ia64,ppc32,ppc64,s390x,x86
host.cpu.cache.l2.size	int	
host.cpu.family	string	
host.cpu.model.id	string	
host.cpu.model.name	string	
host.cpu.stepping	string	
host.cpu.vendor.id	string	
host.id	string	
host.image.id	string	
host.image.name	string	
host.image.version	string	
host.ip	string[]	
host.mac	string[]	
host.name	string	
host.type	string	
http.client_ip	>	client.address
http.connection.state	enum	active,idle
http.flavor	/	network.protocol.name,network.protocol.version
http.host	/	server.address,client.address,http.request.header.host
http.method	>	http.request.method
http.request.body.size	int	
http.request.header.*	any	
http.request.method	enum	CONNECT,DELETE,GET,HEAD,OPTIONS,PATCH,POST,PUT,QUERY,TRACE,_OTHER
http.request.method_original	string	
http.request.resend_count	int	
http.request.size	int	
http.request_content_length	/	http.request.header.content-length
http.request_content_length_uncompressed	>	http.request.body.size
http.resend_count	>	http.request.resend_count
http.response.body.size	int	
http.response.header.*	any	
http.response.size	int	
http.response.status_code	int	
http.response_content_length	/	http.response.header.content-length
http.response_content_length_uncompressed	>	http.response.body.size
http.retry_count	>	http.request.resend_count
http.route	string	
http.scheme	>	url.scheme
http.server_name	>	server.address
http.status_code	>	http.response.status_code
http.target	/	url.path,url.query
http.url	>	url.full
http.user_agent	>	user_agent.original
hw.battery.capacity	string	
hw.battery.chemistry	string	
hw.battery.state	enum	charging,discharging
hw.bios_version	string	
hw.driver_version	string	
hw.enclosure.type	string	
hw.firmware_version	string	
hw.gpu.task	enum	decoder,encoder,general
hw.id	string	
hw.limit_type	enum	critical,degraded,high.critical,high.degraded,low.critical,low.degraded,max,throttled,turbo
hw.logical_disk.raid_level	string	
hw.logical_disk.state	enum	free,used
hw.memory.type	string	
hw.model	string	
hw.name	string	
hw.network.logical_addresses	string[]	
hw.network.physical_address	string	
hw.parent	string	
hw.physical_disk.smart_attribute	string	
hw.physical_disk.state	enum	remaining
hw.physical_disk.type	string	
hw.sensor_location	string	
hw.serial_number	string	
hw.state	enum	degraded,failed,needs_cleaning,ok,predicted_failure
hw.tape_drive.operation_type	enum	clean,mount,unmount
hw.type	enum	battery,cpu,disk_controller,enclosure,fan,gpu,logical_disk,memory,network,physical_disk,power_supply,tape_drive,temperature,voltage
hw.vendor	string	
ios.app.state	enum	active,background,foreground,inactive,terminate
ios.state	>	ios.app.state
jsonrpc.protocol.version	string	
jsonrpc.request.id	string	
jvm.buffer.pool.name	any	
jvm.gc.action	any	
jvm.gc.cause	any	
jvm.gc.name	any	
jvm.memory.pool.name	any	
jvm.memory.type	enum	heap,non_heap
jvm.thread.daemon	any	
jvm.thread.state	enum	blocked,new,runnable,terminated,timed_waiting,waiting
k8s.cluster.name	string	
k8s.cluster.uid	string	
k8s.container.ephemeral_storage.fs_type	enum	logs,rootfs
k8s.container.name	string	
k8s.container.restart_count	int	
k8s.container.status.last_terminated_reason	string	
k8s.container.status.reason	enum	Completed,ContainerCannotRun,ContainerCreating,CrashLoopBackOff,CreateContainerConfigError,ErrImagePull,Error,ImagePullBackOff,OOMKilled
k8s.container.status.state	enum	running,terminated,waiting
k8s.cronjob.annotation.*	any	
k8s.cronjob.label.*	any	
k8s.cronjob.name	string	
k8s.cronjob.uid	string	
k8s.daemonset.annotation.*	any	
k8s.daemonset.label.*	any	
k8s.daemonset.name	string	
k8s.daemonset.uid	string	
k8s.deployment.annotation.*	any	
k8s.deployment.label.*	any	
k8s.deployment.name	string	
k8s.deployment.uid	string	
k8s.hpa.metric.type	string	
k8s.hpa.name	string	
k8s.hpa.scaletargetref.api_version	string	
k8s.hpa.scaletargetref.kind	string	
k8s.hpa.scaletargetref.name	string	
k8s.hpa.uid	string	
k8s.hugepage.size	string	
k8s.job.annotation.*	any	
k8s.job.label.*	any	
k8s.job.name	string	
k8s.job.uid	string	
k8s.namespace.annotation.*	any	
k8s.namespace.label.*	any	
k8s.namespace.name	string	
k8s.namespace.phase	enum	active,terminating
k8s.node.annotation.*	any	
k8s.node.condition.status	enum	false,true,unknown
k8s.node.condition.type	enum	DiskPressure,MemoryPressure,NetworkUnavailable,PIDPressure,Ready
k8s.node.label.*	any	
k8s.node.name	string	
k8s.node.system_container.name	string	
k8s.node.uid	string	
k8s.persistentvolume.annotation.*	any	
k8s.persistentvolume.label.*	any	
k8s.persistentvolume.name	string	
k8s.persistentvolume.reclaim_policy	enum	Delete,Recycle,Retain
k8s.persistentvolume.status.phase	enum	Available,Bound,Failed,Pending,Released
k8s.persistentvolume.uid	string	
k8s.persistentvolumeclaim.annotation.*	any	
k8s.persistentvolumeclaim.label.*	any	
k8s.persistentvolumeclaim.name	string	
k8s.persistentvolumeclaim.status.phase	enum	Bound,Lost,Pending
k8s.persistentvolumeclaim.uid	string	
k8s.pod.annotation.*	any	
k8s.pod.hostname	string	
k8s.pod.ip	string	
k8s.pod.label.*	any	
k8s.pod.labels.*	>	k8s.pod.label.*
k8s.pod.name	string	
k8s.pod.start_time	string	
k8s.pod.status.phase	enum	Failed,Pending,Running,Succeeded,Unknown
k8s.pod.status.reason	enum	Evicted,NodeAffinity,NodeLost,Shutdown,UnexpectedAdmissionError
k8s.pod.uid	string	
k8s.replicaset.annotation.*	any	
k8s.replicaset.label.*	any	
k8s.replicaset.name	string	
k8s.replicaset.uid	string	
k8s.replicationcontroller.name	string	
k8s.replicationcontroller.uid	string	
k8s.resourcequota.name	string	
k8s.resourcequota.resource_name	string	
k8s.resourcequota.uid	string	
k8s.service.annotation.*	any	
k8s.service.endpoint.address_type	enum	FQDN,IPv4,IPv6
k8s.service.endpoint.condition	enum	ready,serving,terminating
k8s.service.endpoint.zone	string	
k8s.service.label.*	any	
k8s.service.name	string	
k8s.service.publish_not_ready_addresses	bool	
k8s.service.selector.*	any	
k8s.service.traffic_distribution	string	
k8s.service.type	enum	ClusterIP,ExternalName,LoadBalancer,NodePort
k8s.service.uid	string	
k8s.statefulset.annotation.*	any	
k8s.statefulset.label.*	any	
k8s.statefulset.name	string	
k8s.statefulset.uid	string	
k8s.storageclass.name	string	
k8s.volume.name	string	
k8s.volume.type	enum	configMap,downwardAPI,emptyDir,local,persistentVolumeClaim,secret
linux.memory.slab.state	>	system.memory.linux.slab.state
log.file.name	string	
log.file.name_resolved	string	
log.file.path	string	
log.file.path_resolved	string	
log.iostream	enum	stderr,stdout
log.record.original	string	
log.record.uid	string	
mainframe.lpar.name	string	
mcp.method.name	enum	completion/complete,elicitation/create,initialize,logging/setLevel,notifications/cancelled,notifications/initialized,notifications/message,notifications/progress,notifications/prompts/list_changed,notifications/resources/list_changed,notifications/resources/updated,notifications/roots/list_changed,notifications/tools/list_changed,ping,prompts/get,prompts/list,resources/list,resources/read,resources/subscribe,resources/templates/list,resources/unsubscribe,roots/list,sampling/createMessage,tools/call,tools/list
mcp.protocol.version	string	
mcp.resource.uri	string	
mcp.session.id	string	
message.compressed_size	-	
message.id	-	
message.type	-	
message.uncompressed_size	-	
messaging.batch.message_count	int	
messaging.client.id	string	
messaging.client_id	>	messaging.client.id
messaging.consumer.group.name	string	
messaging.consumer_id	-	
messaging.conversation_id	>	messaging.message.conversation_id
messaging.destination	>	messaging.destination.name
messaging.destination.anonymous	bool	
messaging.destination.name	string	
messaging.destination.partition.id	string	
messaging.destination.subscription.name	string	
messaging.destination.template	string	
messaging.destination.temporary	bool	
messaging.destination_kind	-	
messaging.destination_publish.anonymous	-	
messaging.destination_publish.name	-	
messaging.eventhubs.consumer.group	>	messaging.consumer.group.name
messaging.eventhubs.message.enqueued_time	int	
messaging.gcp_pubsub.message.ack_deadline	int	
messaging.gcp_pubsub.message.ack_id	string	
messaging.gcp_pubsub.message.delivery_attempt	int	
messaging.gcp_pubsub.message.ordering_key	string	
messaging.kafka.client_id	>	messaging.client.id
messaging.kafka.cluster.id	any	
messaging.kafka.consumer.group	>	messaging.consumer.group.name
messaging.kafka.consumer_group	>	messaging.consumer.group.name
messaging.kafka.destination.partition	/	messaging.destination.partition.id
messaging.kafka.message.key	string	
messaging.kafka.message.offset	>	messaging.kafka.offset
messaging.kafka.message.tombstone	bool	
messaging.kafka.message_key	>	messaging.kafka.message.key
messaging.kafka.offset	int	
messaging.kafka.partition	/	messaging.destination.partition.id
messaging.kafka.tombstone	>	messaging.kafka.message.tombstone
messaging.message.body.size	int	
messaging.message.conversation_id	string	
messaging.message.envelope.size	int	
messaging.message.id	string	
messaging.message.payload_size_bytes	>	messaging.message.body.size
messaging.message_id	>	messaging.message.id
messaging.message_payload_compressed_size_bytes	-	
messaging.message_payload_size_bytes	>	messaging.message.body.size
messaging.operation	>	messaging.operation.type
messaging.operation.name	string	
messaging.operation.type	enum	create,process,receive,send,settle
messaging.protocol	>	network.protocol.name
messaging.protocol_version	>	network.protocol.version
messaging.rabbitmq.destination.routing_key	string	
messaging.rabbitmq.message.delivery_tag	int	
messaging.rabbitmq.routing_key	>	messaging.rabbitmq.destination.routing_key
messaging.rocketmq.client_group	/	messaging.consumer.group.name
messaging.rocketmq.client_id	>	messaging.client.id
messaging.rocketmq.consumption_model	enum	broadcasting,clustering
messaging.rocketmq.message.delay_time_level	int	
messaging.rocketmq.message.delivery_timestamp	int	
messaging.rocketmq.message.group	string	
messaging.rocketmq.message.keys	string[]	
messaging.rocketmq.message.tag	string	
messaging.rocketmq.message.type	enum	delay,fifo,normal,transaction
messaging.rocketmq.message_keys	>	messaging.rocketmq.message.keys
messaging.rocketmq.message_tag	>	messaging.rocketmq.message.tag
messaging.rocketmq.message_type	>	messaging.rocketmq.message.type
messaging.rocketmq.namespace	string	
messaging.servicebus.destination.subscription_name	>	messaging.destination.subscription.name
messaging.servicebus.disposition_status	enum	abandon,complete,dead_letter,defer
messaging.servicebus.message.delivery_count	int	
messaging.servicebus.message.enqueued_time	int	
messaging.system	enum	activemq,aws.sns,aws_sqs,eventgrid,eventhubs,gcp_pubsub,jms,kafka,pulsar,rabbitmq,rocketmq,servicebus
messaging.temp_destination	>	messaging.destination.temporary
net.app.protocol.name	>	network.protocol.name
net.app.protocol.version	>	network.protocol.version
net.host.carrier.icc	>	network.carrier.icc
net.host.carrier.mcc	>	network.carrier.mcc
net.host.carrier.mnc	>	network.carrier.mnc
net.host.carrier.name	>	network.carrier.name
net.host.connection.subtype	>	network.connection.subtype
net.host.connection.type	>	network.connection.type
net.host.ip	>	network.local.address
net.host.name	>	server.address
net.host.port	>	server.port
net.peer.ip	>	network.peer.address
net.peer.name	/	server.address,client.address
net.peer.port	/	server.port,client.port
net.protocol.name	>	network.protocol.name
net.protocol.version	>	network.protocol.version
net.sock.family	/	network.transport,network.type
net.sock.host.addr	>	network.local.address
net.sock.host.port	>	network.local.port
net.sock.peer.addr	>	network.peer.address
net.sock.peer.name	-	
net.sock.peer.port	>	network.peer.port
net.transport	=	network.transport
network.carrier.icc	string	
network.carrier.mcc	string	
network.carrier.mnc	string	
network.carrier.name	string	
network.connection.state	enum	close_wait,closed,closing,established,fin_wait_1,fin_wait_2,last_ack,listen,syn_received,syn_sent,time_wait
network.connection.subtype	enum	cdma,cdma2000_1xrtt,edge,ehrpd,evdo_0,evdo_a,evdo_b,gprs,gsm,hsdpa,hspa,hspap,hsupa,iden,iwlan,lte,lte_ca,nr,nrnsa,td_scdma,umts
network.connection.type	enum	cell,unavailable,unknown,wifi,wired
network.interface.name	string	
network.io.direction	enum	receive,transmit
network.local.address	string	
network.local.port	int	
network.peer.address	string	
network.peer.port	int	
network.protocol.name	string	
network.protocol.version	string	
network.transport	enum	pipe,quic,tcp,udp,unix
network.type	enum	ipv4,ipv6
nfs.operation.name	string	
nfs.server.repcache.status	string	
nodejs.eventloop.state	enum	active,idle
oci.manifest.digest	string	
onc_rpc.procedure.name	string	
onc_rpc.procedure.number	int	
onc_rpc.program.name	string	
onc_rpc.version	int	
openai.api.type	enum	chat_completions,responses
openai.request.service_tier	enum	auto,default
openai.response.service_tier	string	
openai.response.system_fingerprint	string	
openshift.clusterquota.name	string	
openshift.clusterquota.uid	string	
opentracing.ref_type	enum	child_of,follows_from
oracle.db.domain	string	
oracle.db.instance.name	string	
oracle.db.name	string	
oracle.db.pdb	string	
oracle.db.service	string	
oracle_cloud.realm	string	
os.build_id	string	
os.description	string	
os.name	string	
os.type	enum	aix,darwin,dragonflybsd,freebsd,hpux,linux,netbsd,openbsd,solaris,windows,zos
os.version	string	
otel.component.name	string	
otel.component.type	enum	batching_log_processor,batching_span_processor,otlp_grpc_log_exporter,otlp_grpc_metric_exporter,otlp_grpc_span_exporter,otlp_http_json_log_exporter,otlp_http_json_metric_exporter,otlp_http_json_span_exporter,otlp_http_log_exporter,otlp_http_metric_exporter,otlp_http_span_exporter,periodic_metric_reader,prometheus_http_text_metric_exporter,simple_log_processor,simple_span_processor,zipkin_http_span_exporter
otel.event.name	string	
otel.library.name	>	otel.scope.name
otel.library.version	>	otel.scope.version
otel.scope.name	string	
otel.scope.schema_url	string	
otel.scope.version	string	
otel.span.parent.origin	enum	local,none,remote
otel.span.sampling_result	enum	DROP,RECORD_AND_SAMPLE,RECORD_ONLY
otel.status_code	enum	ERROR,OK
otel.status_description	string	
peer.service	>	service.peer.name
pool.name	>	db.client.connection.pool.name
pprof.location.is_folded	bool	
pprof.mapping.has_filenames	bool	
pprof.mapping.has_functions	bool	
pprof.mapping.has_inline_frames	bool	
pprof.mapping.has_line_numbers	bool	
pprof.profile.comment	string[]	
pprof.profile.doc_url	string	
pprof.profile.drop_frames	string	
pprof.profile.keep_frames	string	
pprof.scope.default_sample_type	string	
pprof.scope.sample_type_order	int[]	
process.args_count	int	
process.command	string	
process.command_args	string[]	
process.command_line	string	
process.context_switch.type	enum	involuntary,voluntary
process.context_switch_type	>	process.context_switch.type
process.cpu.state	=	cpu.mode
process.creation.time	string	
process.environment_variable.*	any	
process.executable.build_id.gnu	string	
process.executable.build_id.go	string	
process.executable.build_id.htlhash	string	
process.executable.build_id.profiling	>	process.executable.build_id.htlhash
process.executable.name	string	
process.executable.path	string	
process.exit.code	int	
process.exit.time	string	
process.group_leader.pid	int	
process.interactive	bool	
process.linux.cgroup	string	
process.owner	string	
process.paging.fault_type	>	system.paging.fault.type
process.parent_pid	int	
process.pid	int	
process.real_user.id	int	
process.real_user.name	string	
process.runtime.description	string	
process.runtime.name	string	
process.runtime.version	string	
process.saved_user.id	int	
process.saved_user.name	string	
process.session_leader.pid	int	
process.state	enum	defunct,running,sleeping,stopped
process.title	string	
process.user.id	int	
process.user.name	string	
process.vpid	int	
process.working_directory	string	
profile.frame.type	enum	beam,cpython,dotnet,go,jvm,kernel,luajit,native,perl,php,ruby,rust,v8js
rpc.connect_rpc.error_code	>	rpc.response.status_code
rpc.connect_rpc.request.metadata.*	>	rpc.request.metadata.*
rpc.connect_rpc.response.metadata.*	>	rpc.response.metadata.*
rpc.grpc.request.metadata.*	>	rpc.request.metadata.*
rpc.grpc.response.metadata.*	>	rpc.response.metadata.*
rpc.grpc.status_code	/	rpc.response.status_code
rpc.jsonrpc.error_code	/	rpc.response.status_code
rpc.jsonrpc.error_message	-	
rpc.jsonrpc.request_id	>	jsonrpc.request.id
rpc.jsonrpc.version	>	jsonrpc.protocol.version
rpc.message.compressed_size	-	
rpc.message.id	-	
rpc.message.type	-	
rpc.message.uncompressed_size	-	
rpc.method	string	
rpc.method_original	string	
rpc.request.metadata.*	any	
rpc.response.metadata.*	any	
rpc.response.status_code	string	
rpc.service	/	rpc.method
rpc.system	=	rpc.system.name
rpc.system.name	enum	connectrpc,dubbo,grpc,jsonrpc
security_rule.category	string	
security_rule.description	string	
security_rule.license	string	
security_rule.name	string	
security_rule.reference	string	
security_rule.ruleset.name	string	
security_rule.uuid	string	
security_rule.version	string	
server.address	string	
server.port	int	
service.criticality	enum	critical,high,low,medium
service.instance.id	string	
service.name	string	
service.namespace	string	
service.peer.name	string	
service.peer.namespace	string	
service.version	string	
session.id	string	
session.previous_id	string	
signalr.connection.status	enum	app_shutdown,normal_closure,timeout
signalr.transport	enum	long_polling,server_sent_events,web_sockets
source.address	string	
source.port	int	
system.cpu.logical_number	>	cpu.logical_number
system.cpu.state	>	cpu.mode
system.device	string	
system.filesystem.mode	string	
system.filesystem.mountpoint	string	
system.filesystem.state	enum	free,reserved,used
system.filesystem.type	enum	exfat,ext4,fat32,hfsplus,ntfs,refs
system.memory.linux.hugepages.state	enum	free,used
system.memory.linux.slab.state	enum	reclaimable,unreclaimable
system.memory.state	enum	buffers,cached,free,used
system.network.state	=	network.connection.state
system.paging.direction	enum	in,out
system.paging.fault.type	enum	major,minor
system.paging.state	enum	free,used
system.paging.type	>	system.paging.fault.type
system.process.status	>	process.state
system.processes.status	>	process.state
telemetry.auto.version	>	telemetry.distro.version
telemetry.distro.name	string	
telemetry.distro.version	string	
telemetry.sdk.language	enum	cpp,dotnet,erlang,go,java,kotlin,nodejs,php,python,ruby,rust,swift,webjs
telemetry.sdk.name	string	
telemetry.sdk.version	string	
test.case.name	string	
test.case.result.status	enum	fail,pass
test.suite.name	string	
test.suite.run.status	enum	aborted,failure,in_progress,skipped,success,timed_out
thread.id	int	
thread.name	string	
tls.cipher	string	
tls.client.certificate	string	
tls.client.certificate_chain	string[]	
tls.client.hash.md5	string	
tls.client.hash.sha1	string	
tls.client.hash.sha256	string	
tls.client.issuer	string	
tls.client.ja3	string	
tls.client.not_after	string	
tls.client.not_before	string	
tls.client.server_name	>	server.address
tls.client.subject	string	
tls.client.supported_ciphers	string[]	
tls.curve	string	
tls.established	bool	
tls.next_protocol	string	
tls.protocol.name	enum	ssl,tls
tls.protocol.version	string	
tls.resumed	bool	
tls.server.certificate	string	
tls.server.certificate_chain	string[]	
tls.server.hash.md5	string	
tls.server.hash.sha1	string	
tls.server.hash.sha256	string	
tls.server.issuer	string	
tls.server.ja3s	string	
tls.server.not_after	string	
tls.server.not_before	string	
tls.server.subject	string	
url.domain	string	
url.extension	string	
url.fragment	string	
url.full	string	
url.original	string	
url.path	string	
url.port	int	
url.query	string	
url.registered_domain	string	
url.scheme	string	
url.subdomain	string	
url.template	string	
url.top_level_domain	string	
user.email	string	
user.full_name	string	
user.hash	string	
user.id	string	
user.name	string	
user.roles	string[]	
user_agent.name	string	
user_agent.original	string	
user_agent.os.name	string	
user_agent.os.version	string	
user_agent.synthetic.type	enum	bot,test
user_agent.version	string	
v8js.gc.type	enum	incremental,major,minor,weakcb
v8js.heap.space.name	enum	code_space,large_object_space,map_space,new_space,old_space
v8js.resource.type	enum	Immediate,TCPServerWrap,TCPWrap,TTYWrap,Timeout
vcs.change.id	string	
vcs.change.state	enum	closed,merged,open,wip
vcs.change.title	string	
vcs.line_change.type	enum	added,removed
vcs.owner.name	string	
vcs.provider.name	enum	bitbucket,gitea,github,gitlab
vcs.ref.base.name	string	
vcs.ref.base.revision	string	
vcs.ref.base.type	enum	branch,tag
vcs.ref.head.name	string	
vcs.ref.head.revision	string	
vcs.ref.head.type	enum	branch,tag
vcs.ref.type	enum	branch,tag
vcs.repository.change.id	>	vcs.change.id
vcs.repository.change.title	>	vcs.change.title
vcs.repository.name	string	
vcs.repository.ref.name	>	vcs.ref.head.name
vcs.repository.ref.revision	>	vcs.ref.head.revision
vcs.repository.ref.type	>	vcs.ref.head.type
vcs.repository.url.full	string	
vcs.revision_delta.direction	enum	ahead,behind
webengine.description	string	
webengine.name	string	
webengine.version	string	
zos.smf.id	string	
zos.sysplex.name	string	
)table";

const std::string_view k_renamed_values = R"table(
cpu.mode=kernel	system
db.system=cache	intersystems_cache
db.system=cloudscape	other_sql
db.system=firstsql	other_sql
db.system=mssqlcompact	other_sql
gen_ai.system=az.ai.inference	azure.ai.inference
gen_ai.system=az.ai.openai	azure.ai.openai
gen_ai.system=gemini	gcp.gemini
gen_ai.system=vertex_ai	gcp.vertex_ai
gen_ai.token.type=output	output
messaging.operation.type=deliver	process
messaging.operation.type=publish	send
os.type=z_os	zos
vcs.provider.name=gittea	gitea
)table";
// clang-format on

}  // namespace otelctl::config

package io.holdfast.telegram;

import java.util.Set;

/**
 * The fields of everything that an update can carry, in Bot API 10.1 and of the draft's Stop of 10.3, whether we read them or not.
 *
 * <p>One set for all kinds: a field that one kind has and another one gets is not noticed.
 */
final class KnownFields {
    private static final Set<String> ALL = Set.of("""
            actor_chat allows_multiple_answers allows_revoting animation audio author_signature bio boost boost_added
            boost_id bot business_connection_id caption caption_entities channel_chat_created chat chat_background_set
            chat_instance chat_owner_changed chat_owner_left chat_shared chat_type checklist checklist_tasks_added
            checklist_tasks_done close_date connected_website contact correct_option_ids country_codes currency data
            date delete_chat_photo description description_entities dice direct_message_price_changed
            direct_messages_topic document draft_id edit_date effect_id entities explanation explanation_entities
            explanation_media external_reply forum_topic_closed forum_topic_created forum_topic_edited
            forum_topic_reopened forward_origin from game game_short_name general_forum_topic_hidden
            general_forum_topic_unhidden gift gift_upgrade_sent giveaway giveaway_completed giveaway_created
            giveaway_winners group_chat_created guest_bot_caller_chat guest_bot_caller_user guest_query_id
            has_media_spoiler has_protected_content id inline_message_id invite_link invoice invoice_payload
            is_anonymous is_automatic_forward is_closed is_enabled is_from_offline is_paid_post is_topic_message
            left_chat_member link_preview_options live_photo location managed_bot_created media media_group_id
            members_only message message_auto_delete_timer_changed message_id message_ids message_thread_id
            migrate_from_chat_id migrate_to_chat_id new_chat_member new_chat_members new_chat_photo new_chat_title
            new_reaction offset old_chat_member old_reaction open_period option_ids option_persistent_ids options
            order_info paid_media paid_media_payload paid_message_price_changed paid_star_count passport_data photo
            pinned_message poll poll_id poll_option_added poll_option_deleted proximity_alert_triggered query query_id
            question question_entities quote reactions refunded_payment remove_date reply_markup
            reply_to_checklist_task_id reply_to_message reply_to_poll_option_id reply_to_story result_id rich_message
            rights sender_boost_count sender_business_bot sender_chat sender_tag shipping_address shipping_option_id
            show_caption_above_media source sticker story successful_payment suggested_post_approval_failed
            suggested_post_approved suggested_post_declined suggested_post_info suggested_post_paid
            suggested_post_refunded supergroup_chat_created text total_amount total_voter_count type unique_gift user
            user_chat_id users_shared venue via_bot via_chat_folder_invite_link via_join_request video
            video_chat_ended video_chat_participants_invited video_chat_scheduled video_chat_started video_note voice
            voter_chat web_app_data write_access_allowed
            """.strip().split("\\s+"));

    private KnownFields() {}

    static boolean contains(String name) {
        return ALL.contains(name);
    }
}

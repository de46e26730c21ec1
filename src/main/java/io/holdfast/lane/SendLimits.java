package io.holdfast.lane;

/**
 * How many calls may be out at once.
 *
 * @param perBot of one bot, for people who wait
 * @param bulkPerBot of one bot, before the next one of class BULK
 * @param bulk of class BULK, of all bots of the node
 * @param perSecond calls of all bots of the node in a second; 0 for no limit
 */
record SendLimits(int perBot, int bulkPerBot, int bulk, int perSecond) {}

package dev.midwrite.shop;

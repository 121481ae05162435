package com.linbox.web;

import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Serves the page. Browsers keep what they have and ask each time whether it is still the same. */
final class WebChat implements WebMvcConfigurer {

    /** What a person types, and what they get. */
    private static final String ROOT = "/";

    private static final String PAGE = "/index.html";

    private final WebSocketAddress webSocket;
    private final ContentTags tags = new ContentTags();

    WebChat(WebSocketAddress webSocket) {
        this.webSocket = webSocket;
    }

    @Override
    public void addViewControllers(ViewControllerRegistry registry) {
        registry.addViewController(ROOT).setViewName("forward:" + PAGE);
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler(PAGE, "/chat.css", "/linbox.js", "/linbox.d.ts")
                .addResourceLocations("classpath:/static/")
                .setCacheControl(CacheControl.noCache())
                .setUseLastModified(false)
                .setEtagGenerator(tags::of);
        registry.addResourceHandler("/chat/**")
                .addResourceLocations("classpath:/static/chat/")
                .setCacheControl(CacheControl.noCache())
                .setUseLastModified(false)
                .setEtagGenerator(tags::of);
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new PageHeaders(webSocket))
                .addPathPatterns(ROOT, PAGE, "/chat.css", "/chat/**", "/linbox.js", "/linbox.d.ts");
    }
}
